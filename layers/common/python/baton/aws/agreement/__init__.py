"""The agreement in the table: versions, the one in force, how one comes into force."""
