"""From one file to one Extraction, a stage in each module."""
