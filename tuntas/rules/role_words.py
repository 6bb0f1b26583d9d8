"""What the people of each role are called towards reporters, in both languages. Pure."""

from tuntas.kit.words import Say
from tuntas.rules.who import Role

RECOVERY = "recovery"  # no role of a person: the key that two of three holders open together

ROLES: dict[str, Say] = {
    Role.CALL_OPERATOR: Say("Petugas telepon", "Call operator"),
    Role.INTAKE_PARTNER: Say("Petugas loket", "Counter clerk"),
    Role.NATIONAL_ADMIN: Say("Admin nasional", "National admin"),
    Role.AGENCY_ADMIN: Say("Admin meja aduan", "Admin of the complaint desk"),
    Role.ASSISTANT_ADMIN: Say("Petugas meja aduan", "Officer of the complaint desk"),
    Role.LIAISON: Say("Petugas penghubung instansi", "Liaison officer of the agency"),
    Role.UNIT_HANDLER: Say("Petugas instansi", "Officer of the agency"),
    Role.RESPONSE_VALIDATOR: Say("Pemeriksa jawaban", "Checker of answers"),
    Role.INSPECTORATE: Say("Inspektorat", "Inspectorate"),
    Role.SEALED_READER: Say("Pembaca yang ditunjuk", "Appointed reader"),
    Role.ARBITER: Say("Sekretaris Daerah", "The regional secretary"),
    Role.LEADER: Say("Pimpinan", "Head of the government"),
    Role.DPO: Say("Petugas pelindungan data", "Data protection officer"),
    RECOVERY: Say("Kunci pemulihan", "Recovery key"),
}
SOMEBODY = Say("Petugas", "An officer")
