"""The subcommands: one file each, with `main(arguments)`, which gives the exit status."""
