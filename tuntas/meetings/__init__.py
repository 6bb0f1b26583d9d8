"""Rakor: agendas built from the reports, decisions made in the meeting, and what became of them."""
