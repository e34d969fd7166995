"""Lists of leads and of signals as spreadsheets save them, read a part at a time."""
