"""Every write; one public verb a function. It checks, writes through `record`, and emits."""
