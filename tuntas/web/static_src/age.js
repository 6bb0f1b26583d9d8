/*! Encrypted with age-encryption, (c) 2023 Filippo Valsorda, BSD-3-Clause */
/*! Squares drawn with uqr, (c) 2023 Anthony Fu and (c) Project Nayuki, MIT License */
// What a browser needs of the sealed room: keys, envelopes, codes and the signature over the list of readers.
// bin/build-browser makes this one file of it and of the packages it names; pages load it only where they need it.
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { ed25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64, bech32, hex } from "@scure/base";
import { encode } from "uqr";

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 24;
const KIB = 1024;
const STEPS = [4 * KIB, 16 * KIB, 64 * KIB];
const NEWLINE = 10;
const SPACE = 32;

/** Bytes of a text, and back. */
export const bytesOf = (text) => new TextEncoder().encode(text);
export const textOf = (bytes) => new TextDecoder().decode(bytes);

/** Base64 as the API speaks it, and back. */
export const toBase64 = (bytes) => base64.encode(bytes);
export const fromBase64 = (text) => base64.decode(text);

/** Make a key pair; its private half is the text "AGE-SECRET-KEY-1…". */
export const newIdentity = () => generateX25519Identity();

/** Give the public half, "age1…", of a private one. */
export const recipientOf = (identity) => identityToRecipient(identity);

/** Close bytes, or a text, for one recipient or several: a promise of the age file's bytes. */
export function encrypt(plain, ...recipients) {
  const encrypter = new Encrypter();
  for (const recipient of recipients.flat()) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plain);
}

/** Open an age file with an identity: a promise of bytes; rejects where it is not ours or was changed. */
export function decrypt(data, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(data);
}

/** Open an age file that holds a text. */
export const decryptText = async (data, identity) => textOf(await decrypt(data, identity));

/** Close an identity under a passphrase (scrypt): a promise of an age file. */
export function lockWithPassphrase(identity, passphrase, workFactor = 18) {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(identity);
}

/** Open what lockWithPassphrase closed: a promise of the identity; rejects where the passphrase is another. */
export function unlock(data, passphrase) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return decrypter.decrypt(data, "text");
}

/** Draw the 24 symbols of a reporter's code; bytes that would make some symbols likelier are drawn again. */
export function newCode() {
  const fair = 256 - (256 % ALPHABET.length);
  let code = "";
  while (code.length < CODE_LENGTH) {
    const [drawn] = crypto.getRandomValues(new Uint8Array(1));
    if (drawn < fair) code += ALPHABET[drawn % ALPHABET.length];
  }
  return code;
}

/** Read a code as somebody typed or pasted it: 24 capital symbols, or null. */
export function readCode(typed) {
  const code = typed.replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff\u2010-\u2015\u2212-]+/g, "").toUpperCase();
  return code.length === CODE_LENGTH && [...code].every((one) => ALPHABET.includes(one)) ? code : null;
}

/** Write a code the way people copy it: six groups of four. */
export const showCode = (code) => code.match(/.{4}/g).join("-");

/** The modules of a QR code, row by row, dark ones true, with the white edge of four that phones look for. */
export const squareOf = (text) => encode(text, { ecc: "M", border: 4 }).data;

/** What the server finds a report by; the code does not follow from it. */
export const lookupOf = (code) => hex.encode(sha256(bytesOf(`id${code}`)));

/** The reporter's own private key, which nobody keeps: it follows from the code. */
export function identityOfCode(code) {
  const scalar = hkdf(sha256, bytesOf(code), undefined, bytesOf("kunci"), 32);
  return bech32.encodeFromBytes("AGE-SECRET-KEY-", scalar).toUpperCase();
}

/** Whether an Ed25519 signature over a text is by this signer; both in base64. Never throws. */
export function verifyEd25519(text, signature, signer) {
  try {
    return ed25519.verify(base64.decode(signature), bytesOf(text), base64.decode(signer), { zip215: false });
  } catch {
    return false;
  }
}

/** What people compare of a signer: 16 signs in groups of four. */
export const fingerprintOf = (signer) => hex.encode(sha256(base64.decode(signer))).slice(0, 16).match(/.{4}/g).join(" ");

const stepAbove = (length) => STEPS.find((step) => length <= step) ?? roundUp(length);
const roundUp = (length) => Math.ceil(length / (64 * KIB)) * 64 * KIB;

/** Bytes of a thing as JSON, with spaces up to the next step, so that its length says little. */
export function padded(thing) {
  const words = bytesOf(JSON.stringify(thing));
  const plain = new Uint8Array(stepAbove(words.length)).fill(SPACE);
  plain.set(words);
  return plain;
}

/** A file with its name in the first line and zeros at its end. */
export function wrapFile({ name, type, content }) {
  const head = bytesOf(`${JSON.stringify({ v: 1, name, type, size: content.length })}\n`);
  const plain = new Uint8Array(roundUp(head.length + content.length));
  plain.set(head);
  plain.set(content, head.length);
  return plain;
}

/** Read what wrapFile made: {name, type, size, content}. */
export function unwrapFile(plain) {
  const end = plain.indexOf(NEWLINE);
  const { name, type, size } = JSON.parse(textOf(plain.subarray(0, end)));
  return { name, type, size, content: plain.slice(end + 1, end + 1 + size) };
}
