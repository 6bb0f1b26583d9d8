"""The addresses of the agencies' pages: they stand below one prefix, which is the scope of their service worker."""

from django.urls import path

from tuntas.web.office import ask_part, check_lists, checking, field_worker, part, task, task_lights, task_shared, tasks

FIELD_WORK = [
    path("instansi", tasks.tasks),
    path("instansi/tugas/<str:number>", task.task),
    path("instansi/tugas/<str:number>/periksa", task_lights.lights),
    path("instansi/tugas/<str:number>/bersama", task_shared.shared),
    path("instansi/tugas/<str:number>/foto/<uuid:file_id>", tasks.photo),
    path("instansi/tugas/<str:number>/berkas/<uuid:file_id>", tasks.attachment),
    path("instansi/tugas/<str:number>/bagian", ask_part.ask_part),
    path("instansi/bagian/<int:part_id>", part.part),
    path("instansi/cek", check_lists.checks),
    path("instansi/cek/<str:number>", checking.check),
    path("instansi/kotak-keluar", tasks.outbox),
]
FIELD_WORKER = [path("instansi/sw.js", field_worker.worker)]
