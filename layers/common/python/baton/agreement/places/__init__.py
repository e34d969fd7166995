"""Codes of countries, languages and regions, by which conditions compare what people wrote."""
