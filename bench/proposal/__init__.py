"""Holds proposals against boosted trees and Odoo's frequencies, on data sets with outcomes that lie in a folder."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
