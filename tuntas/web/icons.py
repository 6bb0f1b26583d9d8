"""The icons, drawn for this project: one set, 24 grid, always beside words."""

ICONS: dict[str, str] = {
    # name: what stands inside the svg
    "panah": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "kiri": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "atas": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "bawah": '<path d="M12 5v14M6 13l6 6 6-6"/>',
    "tambah": '<path d="M12 5v14M5 12h14"/>',
    "kurang": '<path d="M5 12h14"/>',
    "centang": '<path d="M4.5 12.5l5 5 10-11"/>',
    "beres": '<circle cx="12" cy="12" r="8.8"/><path d="M8 12.3l2.8 2.8 5.3-6"/>',
    "awas": '<path d="M12 3.5L2.8 20h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "kamera": '<path d="M4 8.5h3l1.6-2.5h6.8L17 8.5h3a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9.5a1 1 0 0 1 '
    '1-1z"/><circle cx="12" cy="13.3" r="3.3"/>',
    "gambar": '<rect x="3.5" y="5" width="17" height="14" rx="1.5"/><circle cx="8.5" cy="9.8" r="1.5"/>'
    '<path d="M4 17l5-4.5 3 2.5 3.5-4 4.5 5"/>',
    "gembok": '<rect x="5" y="10.5" width="14" height="9.5" rx="1.5"/>'
    '<path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14v2.5"/>',
    "keluar": '<path d="M13.5 4.5H19.5V10.5M19 5l-8.5 8.5M17 14v5.5H4.5V7H10"/>',
    "sasaran": '<circle cx="12" cy="12" r="6"/><path d="M12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3"/>',
    "tempat": '<path d="M12 21s6.5-6.2 6.5-11a6.5 6.5 0 0 0-13 0c0 4.8 6.5 11 6.5 11z"/>'
    '<circle cx="12" cy="10" r="2.3"/>',
    "melihat": '<path d="M3 12s3.2-6 9-6 9 6 9 6-3.2 6-9 6-9-6-9-6z"/><circle cx="12" cy="12" r="2.6"/>',
    "tertutup": '<path d="M3.5 12s3-5.5 8.5-5.5S20.5 12 20.5 12s-3 5.5-8.5 5.5S3.5 12 3.5 12z"/>'
    '<path d="M4.5 20L19.5 4"/>',
    "kirim": '<path d="M20.5 4L3.5 11l6.5 3 3 6.5zM10 14L20.5 4"/>',
    "unduh": '<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>',
    "pesan": '<path d="M4 5.5h16v11H11l-4.5 3.7v-3.7H4z"/>',
    "cetak": '<path d="M7 9V4h10v5M7 17H4.5V9h15v8H17"/><rect x="7" y="14" width="10" height="6"/>',
    "ulang": '<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4L19.5 9M19.5 4.5V9H15"/>',
    "jam": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
    "jeda": '<circle cx="12" cy="12" r="8.5"/><path d="M10 9v6M14 9v6"/>',
    "orang": '<circle cx="12" cy="8" r="3.6"/><path d="M4.8 20c.8-4 3.6-6 7.2-6s6.4 2 7.2 6"/>',
    "cari": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "saring": '<path d="M4 6h16l-6.5 7.5V20l-3-1.8v-4.7z"/>',
    "kantor": '<path d="M3.5 20.5h17M5.5 20V9.5h13V20M4 9.5L12 4l8 5.5M9 12.5V17M12 12.5V17M15 12.5V17"/>',
    "telepon": '<path d="M6 3.5l3 .5 1.2 4-2 1.7a13 13 0 0 0 6 6l1.7-2 4 1.2.6 3c-8 2.5-17-6.5-14.5-14.4z"/>',
    "surat": '<rect x="3.5" y="5.5" width="17" height="13" rx="1.5"/><path d="M4 7l8 6.5L20 7"/>',
    "ikut": '<path d="M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z"/>',
    "hapus": '<path d="M6 7.5h12M9.5 7V4.5h5V7M7.5 7.5l.8 12h7.4l.8-12"/>',
    "sinyal": '<path d="M4 18h.1M8.5 18v-3M13 18v-6.5M17.5 18V8M3.5 4l17 17"/>',
    "kotak": '<path d="M4 9l1.5-5h13L20 9M4 9h16v11H4zM4 9c0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0"/>',
    "periksa": '<circle cx="12" cy="12" r="8.8"/><path d="M8 12.3l2.8 2.8 5.3-6"/>',
    "rujuk": '<path d="M3.5 12h13M11.5 7l5 5-5 5M20.5 5v14"/>',
    "silang": '<path d="M6 6l12 12M18 6L6 18"/>',
    "papan": '<rect x="3" y="6.5" width="18" height="11" rx="1.5"/>'
    '<path d="M6.5 10h.1M10 10h.1M13.5 10h.1M17 10h.1M8 14h8"/>',
    "catatan": '<path d="M5 4h14v10.5L13.5 20H5zM19 14.5h-5.5V20M8.5 9h7M8.5 12.5h4"/>',
    "tanya": '<circle cx="12" cy="12" r="8.5"/>'
    '<path d="M9.7 9.6a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.2.9-1.2 1.8M12 16.4v.1"/>',
}
