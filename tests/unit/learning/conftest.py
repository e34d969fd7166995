"""numpy sums in one thread, as the command has it do: threads of many test runs at once only wait for each other."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
