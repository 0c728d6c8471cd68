// What typed words find in the index of the site. Every word must be met: whole, as the start of one or, where that finds
// nothing, but for a slip of the finger. Folding is that of theme/folding.py; a test holds both to one table of cases.
const CYRILLIC = [..."абвгдежзийклмнопрстуфхцчшыэ"];
const LATIN = "abvgdezzijklmnoprstufhccsie";
const LETTERS = {
  ...Object.fromEntries(CYRILLIC.map((letter, at) => [letter, LATIN[at]])),
  ...{ щ: "sc", ю: "ju", я: "ja", ъ: "", ь: "", і: "i", є: "je", ґ: "g", æ: "ae", œ: "oe", þ: "th", ß: "ss" },
  ...{ ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i" },
};
const WORD = /[\p{L}\p{N}]+/gu;

export const fold = (text) =>
  text
    .toLowerCase()
    .replaceAll("й", "j")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([бвгджзклмнпрстфхцчшщ])([юя])/g, (_, before, vowel) => before + (vowel === "ю" ? "u" : "a"))
    .replace(/[^\0-\x7f]/gu, (letter) => LETTERS[letter] ?? letter);

export const words = (...texts) => texts.flatMap((text) => fold(text).match(WORD) ?? []);

// The letters a–z that a word has, as bits: a cheap look before counting slips.
const seen = new Map();
const bits = (word) => {
  if (!seen.has(word)) seen.set(word, [...word].reduce((all, letter) => all | (1 << (letter.charCodeAt(0) - 97)), 0));
  return seen.get(word);
};
const missing = (typed, word) => {
  let count = 0;
  for (let rest = bits(typed) & ~bits(word); rest; rest &= rest - 1) count++;
  return count;
};

// How many slips lie between: a letter too many, one missing, another one, two swapped. Infinity beyond `most`. Of a word
// that is still being typed (`open`) only the start counts.
const slips = (typed, word, most, open) => {
  const length = open ? Math.min(word.length, typed.length + most) : word.length;
  if (Math.abs(typed.length - length) > most || missing(typed, word) > most) return Infinity;
  let before;
  let row = Array.from({ length: length + 1 }, (_, at) => at);
  for (let i = 1; i <= typed.length; i++) {
    const next = [i];
    for (let j = 1; j <= length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (typed[i - 1] !== word[j - 1]));
      const swapped = before && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return Infinity;
    [before, row] = [row, next];
  }
  return open ? Math.min(...row) : row[length];
};

// Rates words against a typed one: 3 is the whole word, from 2 its start, below 1 a slip, 0 nothing.
const rater = (typed, open, forgiving) => {
  const most = forgiving && typed.length > 3 ? (typed.length > 5 ? 2 : 1) : 0;
  const known = new Map();
  const rate = (word) => {
    if (word === typed) return 3;
    if (word.startsWith(typed)) return 2 + (0.9 * typed.length) / word.length;
    const count = most ? slips(typed, word, most, open) : Infinity;
    return count <= most ? 0.9 - 0.3 * count : 0;
  };
  return (word) => known.get(word) ?? (known.set(word, rate(word)), known.get(word));
};

// What one search has typed: rates things by their words, and parts a text into what was typed and what was not.
const search = (typed, forgiven) => {
  const raters = typed.map((word, at) => rater(word, at === typed.length - 1, forgiven.includes(word)));
  const line = typed.join(" ");
  const known = new Map();
  const rates = (one) => {
    if (!known.has(one)) known.set(one, raters.map((rate) => one.words.reduce((most, word) => Math.max(most, rate(word)), 0)));
    return known.get(one);
  };
  const hit = (word) => {
    const folded = fold(word);
    const best = raters.map((rate, at) => [rate(folded), at]).sort((one, other) => other[0] - one[0])[0];
    if (best[0] < 2 || best[0] === 3) return best[0] ? word.length : 0;
    let end = 0;
    while (fold(word.slice(0, end)).length < typed[best[1]].length) end++;
    return end;
  };
  const parts = (text) => {
    const found = [];
    let last = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const length = hit(word);
      if (!length) continue;
      found.push([text.slice(last, index), false], [word.slice(0, length), true]);
      last = index + length;
    }
    return [...found, [text.slice(last), false]].filter(([text]) => text);
  };
  // All that a thing is called counts for more than a word of it.
  const whole = ({ names }) => (names.includes(line) ? 1 : 0);
  return { rates, parts, whole };
};

const together = (...lists) => lists[0].map((_, at) => Math.max(...lists.map((list) => list[at])));
const mean = (list) => (list.every(Boolean) ? list.reduce((sum, one) => sum + one) / list.length : 0);

// Too small a specialty or town has no page: then the service lists whom there is.
const listed = (index, what, { slug }) => (index.unlisted.has(slug) ? { asked: { [what]: slug } } : { path: `/${slug}/` });

const kinds = (index, { rates, whole }, chosen) =>
  index.specialties.flatMap((one) => {
    const own = rates(one);
    if (!own.some(Boolean)) return [];
    const alone = mean(own) && mean(own) + whole(one);
    const found = [{ score: alone, text: one.many, note: one.lay, ...listed(index, "specialty", one) }];
    const inTown = (town, otherwise) => {
      const score = alone ? (town === chosen ? alone + 0.05 : otherwise) : mean(together(own, rates(town)));
      return { score, text: `${one.many} ${town.inside}` };
    };
    // Without a word for a town, the largest ones; with one, those too that have no page of their own.
    const largest = (at) => (at < 3 && !chosen ? alone - 0.2 - at / 100 : 0);
    one.pages.forEach((town, at) => found.push({ ...inTown(town, largest(at)), path: `/${one.slug}/${town.slug}/` }));
    one.few.forEach((town) => found.push({ ...inTown(town, 0), asked: { specialty: one.slug, town: town.slug } }));
    return found;
  });

// Words for a specialty and for a place mean people as well, where no list is meant by them (`unnamed`).
const people = (index, { rates, whole }, chosen, doctors, unnamed) =>
  doctors.map((one) => {
    const own = rates(one);
    const named = own.some(Boolean);
    if (!named && !unnamed) return { score: 0 };
    const is = one.specialties.map(rates);
    const at = one.places.map(({ clinic, town }) => together(rates(clinic), rates(town)));
    const sum = (list) => list.reduce((all, rate) => all + rate, 0);
    const best = one.places.map(({ town }, place) => sum(at[place]) + (town === chosen));
    const place = one.places[best.indexOf(Math.max(...best))];
    const met = (lists) => lists.some((list) => list.some(Boolean));
    const score = named || (met(is) && met(at)) ? mean(together(own, ...is, ...at)) - (named ? 0 : 0.5) : 0;
    return {
      score: score && score + whole(one) + (place.town === chosen ? 0.05 : 0),
      path: `/arsti/${one.slug}/`,
      text: one.name,
      note: [one.specialties.map(({ name }) => name).join(", "), `${place.clinic.name}, ${place.town.name}`].filter(Boolean).join(" · "),
    };
  });

const clinics = (index, { rates, whole }, chosen) =>
  index.clinics.map((one) => {
    const own = rates(one);
    const score = own.some(Boolean) ? mean(together(own, ...one.towns.map(rates))) : 0;
    return {
      score: score && score + whole(one) + (one.towns.includes(chosen) ? 0.05 : 0),
      path: `/klinikas/${one.slug}/`,
      text: one.name,
      note: `${one.street}, ${one.towns[0].name}`,
    };
  });

const services = (index, { rates, whole }) =>
  index.services.map((one) => {
    const own = rates(one);
    const alone = mean(own);
    if (alone) return { score: alone + whole(one), text: one.name, asked: { q: one.name } };
    if (!own.some(Boolean)) return { score: 0 };
    const scores = one.towns.map((town) => mean(together(own, rates(town))));
    const score = Math.max(0, ...scores);
    const town = one.towns[scores.indexOf(score)];
    return score && { score, text: `${one.name} ${town.inside}`, asked: { q: one.name, town: town.slug } };
  });

const towns = (index, { rates, whole }) =>
  index.towns.map((one) => {
    const score = mean(rates(one));
    return { score: score && score + whole(one), text: one.name, ...listed(index, "town", one) };
  });

// At most so many of each kind, in the order in which equal ones stand.
const KINDS = [["specialties", kinds, 4], ["doctors", people, 4], ["clinics", clinics, 3], ["services", services, 3], ["towns", towns, 2]];
const MOST = 9;

const found = (index, typed, doctors, { q, ...form }, forgiven) => {
  const now = search(typed, forgiven);
  const chosen = index.townOf.get(form.town);
  const lists = [];
  for (const [name, of, most] of KINDS) {
    const fit = of(index, now, chosen, doctors, !lists.length && typed.length > 1).filter(({ score }) => score > 0);
    if (fit.length) lists.push({ name: index.said[name], most, fit: fit.sort((one, other) => other.score - one.score) });
  }
  // Who slipped once did not slip twice: what is much farther away was not meant.
  const least = forgiven.length ? Math.max(...lists.map(({ fit }) => fit[0].score)) / 2 : 0;
  const address = (asked) => `/search/?${new URLSearchParams({ ...form, ...asked })}`;
  const shown = ({ path, asked, text, note }) => ({ href: index.prefix + (path ?? address(asked)), text: now.parts(text), note });
  let room = MOST;
  return lists
    .sort((one, other) => Math.floor(other.fit[0].score) - Math.floor(one.fit[0].score))
    .map(({ name, most, fit }) => {
      const items = fit.filter(({ score }) => score > least).slice(0, Math.min(most, room));
      room -= items.length;
      return { name, items: items.map(shown) };
    })
    .filter(({ items }) => items.length);
};

const get = async (name) => {
  const answer = await fetch(`/search-index/${name}`);
  if (!answer.ok) throw new Error(name);
  return answer.json();
};

const opened = (base) => {
  const called = (more, ...names) => ({ names: names.map((name) => words(name).join(" ")), words: [...new Set(words(...names, more))] });
  const at = (places) => places.map((place) => towns[place]);
  const by = (list) => new Map(list.map((one) => [one.slug, one]));
  const towns = base.towns.map(([slug, name, inside, more]) => ({ slug, name, inside, ...called(more, name, inside) }));
  const specialties = base.specialties.map(([slug, name, many, lay, more, pages, few]) => ({
    ...{ slug, name, many, lay, pages: at(pages), few: at(few) },
    ...called(more, name, many, lay),
  }));
  const clinics = base.clinics.map(([slug, name, street, more, places]) => ({ slug, name, street, towns: at(places), ...called(more, name) }));
  const services = base.services.map(([name, more, places]) => ({ name, towns: at(places), ...called(more, name) }));
  const common = new Set([towns, specialties, clinics, services].flat().flatMap((one) => one.words));
  const found = { said: base.said, unlisted: new Set(base.unlisted), towns, specialties, clinics, services, common };
  return { ...found, townOf: by(towns), specialtyOf: by(specialties), clinicOf: by(clinics) };
};

const readPeople = (index, shard, lang) => {
  const places = shard.places.map(([clinic, town]) => {
    const found = index.clinicOf.get(clinic);
    return { clinic: found, town: town ? index.townOf.get(town) : found.towns[0] };
  });
  const kinds = shard.specialties.map((slug) => index.specialtyOf.get(slug));
  const all = (list, places) => [places].flat().map((at) => list[at]);
  return shard.slugs.map((slug, at) => {
    const names = [shard.names[at]].flat();
    const name = names[["lv", "ru", "en"].indexOf(lang)] ?? names[0];
    const own = names.map((one) => words(one));
    return { slug, name, names: own.map((one) => one.join(" ")), words: own.flat(), specialties: all(kinds, shard.is[at]), places: all(places, shard.at[at]) };
  });
};

// Opens the index in a language. `find` answers groups of {href, text: [part, whether it was typed], note}, best first;
// `form` holds what else was chosen.
export const open = async (lang) => {
  const manifest = await get(`${lang}.json`);
  const read = new Map();
  const shard = (key) => {
    if (!read.has(key)) read.set(key, get(manifest.doctors[key]));
    return read.get(key);
  };
  const [base] = await Promise.all([get(manifest.base), manifest.doctors[""] && shard("")]);
  const index = { ...opened(base), prefix: lang === "lv" ? "" : `/${lang}` };
  const doctors = new Map();
  const peopleIn = async (key) => {
    if (!doctors.has(key)) doctors.set(key, readPeople(index, await shard(key), lang));
    return doctors.get(key);
  };
  // Where there are many, those whose names have a word with the first letter of what no other thing is called.
  const keys = (typed) => {
    if (manifest.doctors[""]) return [""];
    const letters = typed.filter((word) => !index.common.has(word)).reverse().map((word) => word[0]);
    return [...new Set(letters)].filter((letter) => manifest.doctors[letter]).slice(0, 2);
  };
  const vocabularies = new WeakMap();
  const vocabulary = (doctors) => {
    if (!vocabularies.has(doctors)) vocabularies.set(doctors, [...new Set([...index.common, ...doctors.flatMap((one) => one.words)])]);
    return vocabularies.get(doctors);
  };
  const find = async (text, form) => {
    const all = words(text);
    // "pie", "dr", "в": what is as short says little, unless it is still being typed.
    const typed = all.filter((word, at) => word.length > 2 || at === all.length - 1);
    if (all.join("").length < 2) return [];
    const met = await Promise.all(keys(typed).map(peopleIn));
    const doctors = met.length === 1 ? met[0] : [...new Map(met.flat().map((one) => [one.slug, one])).values()];
    // First as it is typed, then with slips in words that nothing has, last with slips in any.
    const strange = () => typed.filter((word) => !vocabulary(doctors).some((one) => one.startsWith(word)));
    for (const forgiven of [() => [], strange, () => typed]) {
      const groups = found(index, typed, doctors, form, forgiven());
      if (groups.length) return groups;
    }
    return [];
  };
  return { find, said: index.said };
};
