"""How French and English write things; knows no model."""
