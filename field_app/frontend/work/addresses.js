/** The order in which one walks: by street, lane, village or building, then by house number. */

// "12/3 หมู่ที่ 4 …", "ห้อง 101 หอพัก…", "บ้านเลขที่ 7 ก ซอย…"
const NUMBER = /^\s*((?:(?:ห้อง|บ้านเลขที่|เลขที่|room|no\.?)\s*)?[\d๐-๙]+(?:\s?[ก-ฮa-z](?=\s|$|\/))?(?:[/-][\d๐-๙]+)*)\s*(.*)$/iu;

const collator = new Intl.Collator('th', { numeric: true, sensitivity: 'base' });

/** The number on the door and the place it is at; without a number, the address as it is. */
export function partsOf(address) {
  const [, number, place] = NUMBER.exec(address) ?? [null, '', address.trim()];
  return place ? { number, place } : { number: '', place: address.trim() };
}

/** Compares two households by where they are, "2" before "10". */
export function byAddress(one, other) {
  const [a, b] = [parts(one), parts(other)];
  return (
    collator.compare(a.place, b.place) ||
    collator.compare(a.number, b.number) ||
    collator.compare(one.id, other.id)
  );
}

// Reading an address costs more than comparing it, and sorting compares each many times.
const known = new WeakMap();

function parts(household) {
  if (!known.has(household)) known.set(household, partsOf(household.address));
  return known.get(household);
}
