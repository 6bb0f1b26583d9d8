"""The addresses of ``/kelola``: what a government says about itself, changed by its people. Not practised."""

from django.urls import path

from tuntas.web.manage import edit, front, history, lists, outlines, past, tables

MANAGE = [
    path("kelola", front.front),
    path("kelola/perubahan", history.history),
    path("kelola/perubahan/unduh", history.download),
    path("kelola/unduh/<slug:slug>", tables.download),
    path("kelola/unggah/<slug:slug>", tables.upload),
    path("kelola/tambah/<slug:slug>", edit.add),
    path("kelola/batas", outlines.upload),
    path("kelola/batas/unduh", outlines.download),
    path("kelola/masa-lalu", past.past),
    path("kelola/masa-lalu/<int:number>", past.one),
    path("kelola/masa-lalu/<int:number>/ditolak", past.refused),
    path("kelola/<slug:slug>", lists.rows),  # after every address of its own
    path("kelola/<slug:slug>/<path:key>", edit.edit),
]
