"""Invented tables of other systems. No row of them was ever said by anybody."""

import csv
import random
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path

from tuntas.ops import import_reports
from tuntas.steps.export_reports import SP4N

OFFICE = "Dinas Pekerjaan Umum dan Penataan Ruang"
WHAT = ("Jalan berlubang", "Lampu jalan mati", "Sampah menumpuk", "Saluran tersumbat", "Antrean loket lama")
WHERE = ("depan pasar", "dekat sekolah", "di ujung gang", "di tepi sungai", "di muka balai warga")
ENDS = (
    ("Ditutup oleh Sistem", ""),
    ("Ditutup oleh Pelapor", ""),
    ("Ditutup oleh Admin", ""),
    ("Diarsipkan oleh Admin", "Tidak memiliki bukti dukung; Tidak jelas / terlalu umum; Mengandung SARA"),
    ("Diarsipkan oleh Sistem", "Sudah mencapai batas kedaluwarsa"),
    ("Diarsipkan oleh Pelapor", "Sesuai keinginan pelapor"),
    ("Menunggu Kelengkapan Informasi", ""),
)
CLASSES = ("Pengaduan Tidak Berkadar Pengawasan", "Pengaduan Berkadar Pengawasan", "Aspirasi", "Permintaan Informasi")
PRIVACY = ("Anonim", "Anonim, Rahasia", "Rahasia", "")


def write_csv(path: Path, rows: Iterable[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write rows, the head first."""
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def sp4n_table(many: int, *, agency: str = OFFICE, seed: int = 1) -> list[list[str]]:
    """Return an invented export of 21 columns, its head first."""
    dice, rows = random.Random(seed), [list(SP4N)]
    for n in range(many):
        what, where, (status, reason) = dice.choice(WHAT), dice.choice(WHERE), ENDS[n % len(ENDS)]
        day = f"{dice.randint(1, 28):02d}-{dice.randint(1, 12):02d}-2024"
        cells = {
            "Tracking ID": str(7_300_000 + 3 * n),
            "Tanggal Laporan Masuk": day,
            "Waktu Laporan Masuk": f"{dice.randint(0, 23):02d}:{dice.randint(0, 59):02d}:00",
            "Sumber Laporan": dice.choice(("Website", "Android", "Whatsapp", "Website - kota")),
            "Judul Laporan": f"{what} {where}",
            "Isi Laporan Awal": f"{what} {where} sejak {dice.randint(2, 30)} hari. Mohon diperiksa, nomor contoh {n}.",
            "Isi Laporan Akhir": f"{what} {where}. Mohon diperiksa, nomor contoh {n}.",
            "Instansi Terdisposisi": agency,
            "Klasifikasi Laporan": CLASSES[n % len(CLASSES)],
            "Kategori": "Topik Lainnya",
            "Nama Pelapor": "Contoh Nama",
            "Status Laporan": status,
            "Alasan Tunda/Arsip": reason,
            "Anonim/Rahasia": PRIVACY[n % len(PRIVACY)],
        }
        rows.append([cells.get(name, "") for name in SP4N])
    return rows


def bring_in(path: Path, *words: str) -> int:
    """Run ``tuntas import-reports`` here."""
    parser = ArgumentParser()
    import_reports.add_arguments(parser)
    return import_reports.run(parser.parse_args([str(path), *words]))
