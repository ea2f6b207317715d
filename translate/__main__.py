"""`python -m translate` is the same as `depeche`."""

from translate.cli import main

if __name__ == "__main__":
    main()
