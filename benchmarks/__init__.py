"""What `make bench` runs: ratios within one run, for the machines that run it differ and share their cores."""
