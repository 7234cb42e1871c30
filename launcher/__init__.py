"""The two commands: bootstrap, embedded servers, supervision. Standard library only, because it runs first."""
