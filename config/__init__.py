"""Configuration: the deployment from the environment, the census itself from census.toml."""
