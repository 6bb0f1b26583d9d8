// What a JPEG says of itself: how it is turned, and where it was taken.
const EXIF = 0x45786966;
const TURN = 0x112;
const GPS = 0x8825;

// Return {turn: 1 to 8, place: [lat, lng]}, as far as the file tells.
export async function readExif(file) {
  try {
    return find(new DataView(await new Response(file.slice(0, 131072)).arrayBuffer()));
  } catch (error) {
    return {}; // cut short, or not a JPEG
  }
}

function find(data) {
  if (data.getUint16(0) !== 0xffd8) return {};
  for (let at = 2; data.getUint16(at) >> 8 === 0xff; at += 2 + data.getUint16(at + 2)) {
    if (data.getUint16(at) === 0xffe1 && data.getUint32(at + 4) === EXIF) return readTiff(data, at + 10);
  }
  return {};
}

function readTiff(data, start) {
  const isLittle = data.getUint16(start) === 0x4949;
  const short = (at) => data.getUint16(at, isLittle);
  const long = (at) => data.getUint32(at, isLittle);
  const entries = (at) => {
    const found = {};
    for (let n = short(at), entry = at + 2; n > 0; n -= 1, entry += 12) found[short(entry)] = entry + 8;
    return found;
  };
  const degrees = (at, sign) =>
    [1, 60, 3600].reduce((sum, part, n) => sum + long(at + n * 8) / long(at + n * 8 + 4) / part, 0) * sign;
  const sign = (at) => (/[SW]/.test(String.fromCharCode(data.getUint8(at))) ? -1 : 1);

  const main = entries(start + long(start + 4));
  const seen = { turn: main[TURN] && short(main[TURN]) };
  try {
    const gps = entries(start + long(main[GPS]));
    const place = [2, 4].map((tag) => degrees(start + long(gps[tag]), sign(gps[tag - 1])));
    if (place.every(isFinite)) seen.place = place;
  } catch (error) {} // it does not say where
  return seen;
}
