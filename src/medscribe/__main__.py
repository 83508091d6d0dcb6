"""`python -m medscribe` is `medscribe`."""

from medscribe.cli.app import main

main()
