"""The knowledge graph: documents, units and what joins them, each with its evidence."""
