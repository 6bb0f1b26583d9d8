"""The benchmarks of QUALITY: ``python -m bench 10000 1000000``, or ``make bench SIZES="10000 1000000"``."""
