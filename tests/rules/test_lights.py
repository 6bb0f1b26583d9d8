"""Five lights judge an answer while it is written: each sentence here is one that somebody could send."""

import time
from datetime import UTC, datetime

import pytest

from tests.conftest import PROFILE
from tuntas.agencies.profile import read_profile
from tuntas.rules.evidence import Evidence, metres_between
from tuntas.rules.life import Act
from tuntas.rules.lights import judge
from tuntas.rules.lit import NAMES, Light, Lit, Result
from tuntas.rules.manners import Manners
from tuntas.rules.when import says_when

CITY = read_profile(PROFILE)
MANNERS = CITY.manners
TEMPLATES = [template.text for template in CITY.templates]
GOOD = "Selamat pagi, Bapak/Ibu. Terima kasih. Petugas kami menambal lubang itu besok pukul 09.00."
POINT = (-6.92, 106.93)
AT = datetime(2026, 3, 6, tzinfo=UTC)
OK, ADVISE, BLOCK = Result.OK, Result.ADVISE, Result.BLOCK


def light(which: Light, text: str, act: Act = Act.INFORM, manners: Manners = MANNERS, **facts: object) -> Lit:
    return next(lit for lit in judge(text, manners, act=act, **facts) if lit.light is which)  # type: ignore[arg-type]


def sentences_of(*lengths: int) -> str:
    return " ".join(" ".join(["kata"] * length) + "." for length in lengths)


def test_a_good_answer_burns_green_and_says_why() -> None:
    lights = judge(GOOD, MANNERS, act=Act.INFORM, templates=TEMPLATES)
    assert [lit.light for lit in lights] == list(Light) == list(NAMES)
    assert {lit.result for lit in lights} == {OK}
    assert [lit.say.id for lit in lights] == [
        "13 kata dari paling banyak 120.",
        "Siapa, apa, dan kapan sudah ada.",
        "Sapaan dan terima kasih sudah ada.",
        "Tidak wajib untuk kabar ini.",
        "Tidak ditemukan.",
    ]
    assert lights[1].say.en == "Said: who, what and when."


def test_without_words_of_a_profile_nothing_is_asked_but_when() -> None:
    assert [lit.result for lit in judge("Siap.", Manners(), act=Act.ARCHIVE)] == [OK] * 5
    assert light(Light.PADAT, "Siap.", manners=Manners()).say.id == (
        "Siapa dan apa sudah ada. Sebut kapan kabar berikutnya."
    )


def test_manners_come_back_from_what_is_stored() -> None:
    assert Manners.of(MANNERS.as_data()) == MANNERS
    assert Manners.of({}) == Manners()


class TestRingkas:
    @pytest.mark.parametrize(
        ("lengths", "result"),
        [
            ((), OK),
            ((1,), OK),
            ((20,) * 6, OK),
            ((20,) * 6 + (1,), ADVISE),
            ((20,) * 15, ADVISE),
            ((20,) * 15 + (1,), BLOCK),
            ((20,), OK),
            ((21,), ADVISE),
            ((20, 21), ADVISE),
            ((19, 21), OK),  # on average
        ],
    )
    def test_words_and_sentences_are_counted(self, lengths: tuple[int, ...], result: Result) -> None:
        assert light(Light.RINGKAS, sentences_of(*lengths)).result is result

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (sentences_of(*[20] * 6, 1), "121 kata: pendekkan sampai 120 kata."),
            (sentences_of(*[20] * 15, 1), "301 kata: pendekkan sampai 300 kata."),
            (sentences_of(21), "Rata-rata 21 kata tiap kalimat: bagi kalimat yang panjang."),
            ("Rp 12.500 – jam 09.14", "4 kata dari paling banyak 120."),  # a dash is no word, a stop inside no end
        ],
    )
    def test_it_says_how_many(self, text: str, said: str) -> None:
        assert light(Light.RINGKAS, text).say.id == said

    def test_a_new_line_ends_a_sentence_and_an_hour_does_not(self) -> None:
        assert light(Light.RINGKAS, " ".join(["kata"] * 20) + "\n" + " ".join(["kata"] * 20)).result is OK
        assert light(Light.RINGKAS, " ".join(["09.14"] * 21)).result is ADVISE


class TestPadat:
    @pytest.mark.parametrize(
        "text",
        [
            "hari ini", "Besok.", "lusa", "pekan depan", "Minggu depan", "bulan ini", "hari Senin", "Jumat", "Jum'at",
            "24 Nov", "24 November 2025", "24-11-2025", "24/11/25", "2025-11-24", "pukul 9", "jam 14", "09.14", "9:05",
            "3 hari", "dalam tiga hari kerja", "2×24 jam", "2 x 24 jam", "seminggu", "dua pekan", "akhir bulan",
            "tanggal 7", "kemarin", "tadi pagi", "nanti malam, sore ini", "awal Mei", "Desember", "next week",
            "tomorrow", "24 hours", "(besok)", "besoknya",
        ],
    )  # fmt: skip
    def test_this_says_when(self, text: str) -> None:
        assert says_when(text)

    @pytest.mark.parametrize(
        "text",
        [
            "", "Segera kami kerjakan.", "secepatnya", "mohon menunggu", "1.226 orang", "Rp 1.500.000", "sehari-hari",
            "Jalan Senina 4", "rumah nomor 12", "mei", "beberapa hari", "setahap", "airport", "12.345", "marka jalan",
        ],
    )  # fmt: skip
    def test_this_does_not(self, text: str) -> None:
        assert not says_when(text)

    @pytest.mark.parametrize(
        ("text", "act", "result", "said"),
        [
            ("Kami ukur besok.", Act.INFORM, OK, "Siapa, apa, dan kapan sudah ada."),
            ("Kami ukur.", Act.INFORM, ADVISE, "Siapa dan apa sudah ada. Sebut kapan kabar berikutnya."),
            ("Sudah ditambal kemarin.", Act.START, ADVISE, "Apa dan kapan sudah ada. Sebut siapa yang menangani."),
            ("Dinkes besok.", Act.INFORM, ADVISE, "Siapa dan kapan sudah ada. Sebut apa yang dilakukan."),
            ("Kami tambal.", Act.PROPOSE_ANSWER, ADVISE, "Siapa dan apa sudah ada. Sebut kapan dikerjakan."),
            (
                "Halo.",
                Act.INFORM,
                ADVISE,
                "Sebut siapa yang menangani. Sebut apa yang dilakukan. Sebut kapan kabar berikutnya.",
            ),
            ("Kami menunggu aspal.", Act.SCHEDULE, OK, "Siapa dan apa sudah ada."),  # its date stands beside
            ("Kami tidak bisa menangani ini.", Act.ARCHIVE, OK, "Siapa dan apa sudah ada."),
            ("Di sebelah mana?", Act.ASK, OK, "Pertanyaannya jelas."),
            ("Mohon kirim foto.", Act.ASK, OK, "Pertanyaannya jelas."),
            ("Halo.", Act.ASK, ADVISE, "Sebut apa yang perlu dilengkapi pelapor."),
        ],
    )
    def test_it_asks_for_who_what_and_when(self, text: str, act: Act, result: Result, said: str) -> None:
        found = light(Light.PADAT, text, act)
        assert (found.result, found.say.id) == (result, said)

    TEMPLATE = "Terima kasih, Bapak/Ibu. Petugas kami sudah … pada …. Mohon dicek."

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (TEMPLATE, "Tambahkan kalimat Anda sendiri pada templat."),
            (f"  {TEMPLATE}\n".replace(" ", "  \n"), "Tambahkan kalimat Anda sendiri pada templat."),
            (TEMPLATE.upper(), "Tambahkan kalimat Anda sendiri pada templat."),
            (TEMPLATE.replace("…", "..."), "Tambahkan kalimat Anda sendiri pada templat."),
            (TEMPLATE.replace(" …", ""), "Tambahkan kalimat Anda sendiri pada templat."),
            (TEMPLATE.replace("…", "menambal", 1), "Isi tempat kosong “…” pada templat."),
            (TEMPLATE.replace("pada …", "pada Senin"), "Isi tempat kosong “…” pada templat."),
            (TEMPLATE.replace("…", "...") + " Kami juga mengukur.", "Isi tempat kosong “…” pada templat."),
            (TEMPLATE + " Kami juga mengukur.", "Isi tempat kosong “…” pada templat."),
        ],
    )
    def test_a_template_alone_or_with_open_places_blocks(self, text: str, said: str) -> None:
        found = light(Light.PADAT, text, templates=["Lain …", self.TEMPLATE])
        assert (found.result, found.say.id) == (BLOCK, said)

    @pytest.mark.parametrize(
        "text",
        [
            TEMPLATE.replace("…", "menambal", 1).replace("…", "Senin"),
            "Kami sudah datang, tetapi … rumahnya kosong besok.",  # dots of one's own
            "Petugas kami memeriksa besok.",
        ],
    )
    def test_words_of_ones_own_do_not(self, text: str) -> None:
        assert light(Light.PADAT, text, templates=[self.TEMPLATE]).result is not BLOCK

    @pytest.mark.parametrize("template", TEMPLATES)
    def test_every_template_of_the_city_must_be_added_to(self, template: str) -> None:
        for text in (template, template.replace("…", ""), template.replace("…", "...")):
            assert light(Light.PADAT, text, templates=TEMPLATES).result is BLOCK
        assert light(Light.PADAT, template.replace("…", "tiang lampu"), templates=TEMPLATES).result is not BLOCK


class TestSantun:
    @pytest.mark.parametrize(
        ("text", "is_late", "result", "said"),
        [
            ("Pak, terima kasih.", False, OK, "Sapaan dan terima kasih sudah ada."),
            ("Pak, terima kasih. Maaf.", True, OK, "Sapaan, terima kasih, dan permintaan maaf sudah ada."),
            ("Kami cek.", False, ADVISE, "Tambahkan sapaan dan terima kasih."),
            ("Kami cek.", True, ADVISE, "Tambahkan sapaan, terima kasih, dan permintaan maaf."),
            ("Selamat siang.", False, ADVISE, "Tambahkan terima kasih."),
            ("Ibu, terima kasih.", True, ADVISE, "Tambahkan permintaan maaf."),
            ("Bu, terima kasih. Anda salah.", False, ADVISE, "Jangan menyalahkan: “Anda salah”."),
            ("Bu, terima kasih. HARAP sabar.", False, ADVISE, "Jangan pakai huruf besar semua: “HARAP” → “harap”."),
            ("Bu, terima kasih!!", False, ADVISE, "Hapus tanda seru yang berulang."),
            ("Bu, terima kasih! !", False, ADVISE, "Hapus tanda seru yang berulang."),
            ("Bu, terima kasih?!?!", False, ADVISE, "Hapus tanda seru yang berulang."),
            ("Bu, terima kasih!", False, OK, "Sapaan dan terima kasih sudah ada."),
        ],
    )
    def test_it_asks_for_good_manners(self, text: str, is_late: bool, result: Result, said: str) -> None:
        found = light(Light.SANTUN, text, is_late=is_late)
        assert (found.result, found.say.id) == (result, said)

    @pytest.mark.parametrize("word", ["PUPR", "DLH", "RSUD", "DPMPTSP", "BAPPEDA", "XVIII", "RT", "WIB", "E-KTP", "A1"])
    def test_an_acronym_shouts_at_nobody(self, word: str) -> None:
        assert light(Light.SANTUN, f"Pak, terima kasih. {word} datang.").result is OK

    def test_an_office_phrase_gets_a_plain_one_in_its_place(self) -> None:
        text = "Pak, terima kasih. Berkenaan  dengan\nhal tersebut, kami cek. Itu ditindaklanjuti dalam rangka tertib."
        found = light(Light.SANTUN, text)
        assert found.result is ADVISE
        assert found.say.id.startswith("Pakai kata biasa: “Berkenaan  dengan\nhal tersebut” → “Tentang itu”, ")
        assert [place.instead for place in found.places] == ["Tentang itu", "dikerjakan", "untuk"]
        for place in reversed(found.places):
            assert text[place.start : place.end] == place.words
            text = text[: place.start] + place.instead + text[place.end :]
        assert text == "Pak, terima kasih. Tentang itu, kami cek. Itu dikerjakan untuk tertib."

    def test_everything_wrong_is_told_at_once(self) -> None:
        found = light(Light.SANTUN, "Itu ULAH WARGA!! Dalam rangka tertib.")
        assert [place.words for place in found.places] == ["ULAH WARGA", "!!", "Dalam rangka"]
        assert len(found.say.id.split(". ")) == 5

    @pytest.mark.parametrize(
        "text",
        [
            "Anda bodoh", "bodohnya Anda", "BODOH.", "Bodoh!", "bodohkah?", "bodohlah", "bodoh-bodoh", "(bodoh)",
            "“Tolol”", "gobloknya", "kurang ajar", "Kurang\najar", "kurang  ajarnya", "otak udang", "dasar brengsek",
        ],
    )  # fmt: skip
    def test_an_insult_blocks_in_every_form(self, text: str) -> None:
        found = light(Light.SANTUN, f"Pak, terima kasih. {text}")
        assert found.result is BLOCK
        assert found.say.id.startswith("Hapus kata kasar: “")
        assert [p.words.lower() in text.lower() for p in found.places] == [True] * len(found.places)

    @pytest.mark.parametrize("text", ["kebodohan", "membodohi", "ajar kurang", "begonia", "edangan", "anjing liar", ""])
    def test_a_word_inside_another_is_none(self, text: str) -> None:
        assert light(Light.SANTUN, text).result is not BLOCK


class TestBukti:
    HERE = Evidence(AT, POINT)

    def test_the_distance_is_in_metres(self) -> None:
        assert metres_between(POINT, POINT) == 0
        assert metres_between((0.0, 100.0), (0.001, 100.0)) == pytest.approx(111, abs=1)
        assert metres_between((-6.0, 106.0), (-6.0, 106.001)) == pytest.approx(111 * 0.9945, abs=1)

    @pytest.mark.parametrize(
        ("photos", "point", "result", "said"),
        [
            ([HERE], POINT, OK, "Foto: 1, ada waktu dan titik."),
            ([HERE, HERE], POINT, OK, "Foto: 2, ada waktu dan titik."),
            ([Evidence(AT)], None, OK, "Foto: 1, ada waktu."),
            ([Evidence(AT)], POINT, ADVISE, "Ada foto tanpa titik. Tulis di mana diambil."),
            ([Evidence(None, POINT)], POINT, ADVISE, "Ada foto tanpa waktu. Tulis kapan diambil."),
            ([HERE, Evidence(None, POINT)], POINT, ADVISE, "Ada foto tanpa waktu. Tulis kapan diambil."),
            ([Evidence(AT, (POINT[0] + 0.00134, POINT[1]))], POINT, OK, "Foto: 1, ada waktu dan titik."),  # 149 m
            (
                [Evidence(AT, (POINT[0] + 0.00136, POINT[1]))],
                POINT,
                ADVISE,
                "Ada foto 151 m dari titik laporan. Tulis alasannya.",
            ),
        ],
    )
    def test_a_photo_has_time_and_place(
        self, photos: list[Evidence], point: tuple[float, float] | None, result: Result, said: str
    ) -> None:
        found = light(Light.BUKTI, GOOD, Act.PROPOSE_ANSWER, photos=photos, point=point, outcome="fixed")
        assert (found.result, found.say.id) == (result, said)

    @pytest.mark.parametrize(
        ("outcome", "needs_proof", "result"),
        [
            ("fixed", True, BLOCK),
            ("fixed", False, ADVISE),
            ("partially_fixed", True, ADVISE),
            ("answered", True, OK),
            ("", False, OK),
        ],
    )
    def test_fixed_without_a_photo(self, outcome: str, needs_proof: bool, result: Result) -> None:
        found = light(Light.BUKTI, GOOD, Act.PROPOSE_ANSWER, outcome=outcome, needs_proof=needs_proof)
        assert found.result is result

    def test_a_photo_is_the_proof_that_was_needed(self) -> None:
        found = light(Light.BUKTI, GOOD, Act.PROPOSE_ANSWER, outcome="fixed", needs_proof=True, photos=[self.HERE])
        assert found.result is OK


class TestDataPribadi:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Hubungi 0812-3456-7890.", "nomor telepon"),
            ("HP +62 812 3456 7890", "nomor telepon"),
            ("Mobil D 1234 ABC parkir.", "pelat nomor"),
            ("pelat B1234XYZ", "pelat nomor"),
            ("NIK 3204 1234 5678 9012", "nomor penduduk"),
            ("kirim ke sari@mail.example", "alamat e-mail"),
            ("rekening BCA 12345678", "nomor rekening"),
            ("Terima kasih, Bu Sari.", "nama pelapor"),
            ("SARI melapor", "nama pelapor"),
            ("sari wulandari", "nama pelapor"),
            ("Wulandari", "nama pelapor"),
        ],
    )
    def test_what_leads_to_a_person_blocks_until_it_is_confirmed(self, text: str, kind: str) -> None:
        found = light(Light.DATA_PRIBADI, text, reporter_name="Ibu Sari Wulandari")
        assert (found.result, found.say.id) == (BLOCK, f"Hapus atau pastikan boleh disebut: {kind}.")
        assert found.places
        assert all(text[place.start : place.end] == place.words for place in found.places)
        confirmed = light(Light.DATA_PRIBADI, text, reporter_name="Ibu Sari Wulandari", is_confirmed=True)
        assert (confirmed.result, confirmed.say.id) == (ADVISE, f"Anda pastikan boleh disebut: {kind}.")

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Ibu, kami datang 24-11-2025 pukul 09.14.", "Ibu Sari"),  # a title is no name, a date no number
            ("Air sari buah", "Sari"),  # written small it is a word
            ("Sarinah", "Sari"),
            ("Anggaran Rp 1.500.000.000", ""),
            ("Masjid Al Ikhlas", "Al"),  # two letters are no sign of anybody
            ("Terima kasih, Bu Sari.", ""),  # the writer does not know it, and shall not learn it from a light
        ],
    )
    def test_what_leads_to_nobody_does_not(self, text: str, name: str) -> None:
        assert light(Light.DATA_PRIBADI, text, reporter_name=name).result is OK

    def test_all_that_is_found_is_named(self) -> None:
        found = light(Light.DATA_PRIBADI, "Bu Sari, 0812-3456-7890, D 1234 ABC.", reporter_name="Sari")
        assert found.say.id.endswith(": nomor telepon, pelat nomor, dan nama pelapor.")
        assert [place.start for place in found.places] == sorted(place.start for place in found.places)


@pytest.mark.parametrize("sign", ["kata ", "!", "! ", "?", "… ", "9", "a", "A", " ", "09.14 ", "\n", "kurang "])
def test_it_judges_the_longest_text_at_once(sign: str) -> None:
    text = (sign * 10_000)[:10_000]
    started = time.perf_counter()
    judge(text, MANNERS, act=Act.INFORM, templates=TEMPLATES, reporter_name="Sari Wulandari")
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("text", [sentences_of(301), "Halo", "Anda bodoh!!", "Hubungi 0812-3456-7890. PERHATIAN."])
def test_every_light_speaks_both_languages_in_short_sentences(text: str) -> None:
    for lit in judge(text, MANNERS, act=Act.INFORM, is_late=True):
        for said in (lit.say.id, lit.say.en):
            assert said
            assert "{" not in said
            assert all(len(sentence.split()) <= 20 for sentence in said.split(". "))
