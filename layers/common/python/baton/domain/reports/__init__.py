"""Reports: pure folds over the rows of index 2."""
