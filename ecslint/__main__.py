"""`python -m ecslint`."""

from ecslint.cli import run

if __name__ == "__main__":
    run()
