# Thin: the work is in scripts/. PORT, DATABASE_URL and the rest come from the environment.
PORT ?= 8000
.PHONY: run test check bench

run:
	@scripts/run $(PORT)

test:
	@scripts/test

check:
	@scripts/check

bench:
	@scripts/bench
