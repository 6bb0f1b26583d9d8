"""The addresses of who works where, who is on duty, and what nobody looks after; none of it is practised."""

from django.urls import path

from tuntas.web.office import alarms, people, shifts

PEOPLE = [
    path("meja/orang", people.people),
    path("meja/orang/<int:person_id>", people.person),
    path("meja/jaga", shifts.shifts),
    path("meja/peringatan", alarms.alarms),
]
