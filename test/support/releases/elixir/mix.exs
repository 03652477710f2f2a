# The smallest application that `mix release` makes a release of which can speak TLS.
defmodule App.MixProject do
  use Mix.Project

  # The Erlang runtime is the machine's own: the tests run the release on the OTP that built it.
  def project, do: [app: :app, version: "1.0.0", releases: [app: [include_erts: false]]]
  def application, do: [mod: {App, []}, extra_applications: [:ssl]]
end
