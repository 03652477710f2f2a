defmodule App do
  use Application

  # The harness waits for this line: distribution is up by then.
  def start(_type, _args) do
    IO.puts("app is up")
    Supervisor.start_link([], strategy: :one_for_one)
  end
end
