"""`python -m medscribe` is `medscribe`."""

from medscribe.cli.app import main

# Child processes import this module too.
if __name__ == "__main__":
    main()
