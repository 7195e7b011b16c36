"""Articles in several languages and the public help centre; knows no ticket."""
