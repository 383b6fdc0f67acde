"""Full-text search over the passages of the reports, in Vietnamese with and without marks."""
