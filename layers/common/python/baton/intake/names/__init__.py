"""The usual names of fields in exports, tools and forms."""
