# Lines of Base64 in a file, each a template; answers with a line of Base64 for what `mix release` makes of it.
# The function is the one by which `mix release` writes `vm.args` from `rel/vm.args.eex`.
[file, directory] = System.argv()
template = Path.join(directory, "vm.args.eex")
target = Path.join(directory, "vm.args")

for line <- File.stream!(file) do
  File.write!(template, Base.decode64!(String.trim(line)))
  Mix.Generator.copy_template(template, target, [release: %{name: :app}], force: true, quiet: true)
  IO.puts(Base.encode64(File.read!(target)))
end
