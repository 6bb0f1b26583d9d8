// How far apart two places are, and how that is said.
import { number, say } from "./page.js";

const RADIUS = 6371e3;
const NEAR = 150; // metres: a phone's error and the length of a street
const rad = (degrees) => (degrees * Math.PI) / 180;

export function metres([lat, lng], [otherLat, otherLng]) {
  const up = Math.sin(rad(otherLat - lat) / 2) ** 2;
  const across = Math.sin(rad(otherLng - lng) / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.sqrt(Math.min(1, up + Math.cos(rad(lat)) * Math.cos(rad(otherLat)) * across)));
}

// 0,4 km
export const kilometres = (far) => `${number(Math.round(far / 100) / 10)} km`;

// Where a photo was taken, seen from the report's point.
export function fromPoint(place, point) {
  if (!place || !point) return say("tanpa lokasi", "no place");
  const far = Math.round(metres(place, point));
  if (far <= NEAR) return say(`di titik (± ${far} m)`, `at the point (± ${far} m)`);
  const said = far < 1e4 ? `${far} m` : `${Math.round(far / 1e3)} km`;
  return say(`${said} dari titik`, `${said} from the point`);
}

// The point a part of the page carries, or nothing.
export const pointOf = ({ dataset }) => (dataset && dataset.lat ? [+dataset.lat, +dataset.lng] : undefined);
