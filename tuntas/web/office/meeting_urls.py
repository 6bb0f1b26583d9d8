"""The addresses of the rakor; a meeting is named by its day."""

from django.urls import path

from tuntas.web.office import case_meeting, meeting_tasks, meetings

ONE = "rakor/<str:day>"
MEETINGS = [
    path("rakor", meetings.meetings),
    path("rakor/keputusan/<int:key>/selesai", meeting_tasks.finish),
    path(ONE, meetings.meeting),
    path(f"{ONE}/mulai", meetings.start),
    path(f"{ONE}/butir/<int:position>", meetings.decide),
    path(f"{ONE}/hapus/<int:key>", meetings.drop),
    path(f"{ONE}/akhiri", meetings.end),
    path(f"{ONE}/notulen", meetings.minutes),
    path(f"{ONE}/notulen.pdf", meetings.minutes_pdf),
    path("meja/kasus/<str:name>/rakor", case_meeting.bring),
]
