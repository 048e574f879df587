"""`python -m scc_eval` does what `scc` does."""

from scc_eval.cli import main

if __name__ == "__main__":
    main()
