"""Reports and issues for programs: the same rules, querysets and services as the pages."""
