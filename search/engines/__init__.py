"""The engines that run a parsed query; one module each."""
