"""`python -m consult_app` is the `consult` command, where the package is not installed."""

from consult_app.cli import main

main()
