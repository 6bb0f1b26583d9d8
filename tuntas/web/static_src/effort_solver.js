/*! Computes with ALTCHA, (c) 2023-2026 Daniel Regeci, BAU Software s.r.o., MIT License */
// The worker that does the computation asked of a busy network; js/effort.js starts it. bin/build-browser makes it.
import "altcha/workers/pbkdf2";
