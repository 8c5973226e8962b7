"""The main story of the product, driven over HTTP as a real client would, each claim checked."""
