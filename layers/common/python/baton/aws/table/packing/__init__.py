"""Packs long texts of stored items with zlib and a preset dictionary, and reads them again."""
