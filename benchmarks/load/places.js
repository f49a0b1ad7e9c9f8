// The places of the scratch content, by number: what `content.py` writes, in the order of the catalog.

export const SECTIONS_OF_A_COURSE = 56;
export const LESSONS_OF_A_SECTION = 8;

export function section(number) {
  const course = Math.floor(number / SECTIONS_OF_A_COURSE);
  return `course-${course}/section-${number % SECTIONS_OF_A_COURSE}`;
}

export function lesson(number) {
  return `${section(Math.floor(number / LESSONS_OF_A_SECTION))}/lesson-${number % LESSONS_OF_A_SECTION}`;
}

export function sectionOf(place) {
  return place.slice(0, place.lastIndexOf("/"));
}

// Where the person with this number starts: as many in each section as in any other, over all its lessons.
export function homeOf(person, sections) {
  const inSection = Math.floor(person / sections) % LESSONS_OF_A_SECTION;
  return lesson((person % sections) * LESSONS_OF_A_SECTION + inSection);
}

// The lesson after this one; after the last of `sections` comes the first of all.
export function nextLesson(place, sections) {
  const [course, section, number] = place.split("/").map((part) => Number(part.split("-")[1]));
  const here = (course * SECTIONS_OF_A_COURSE + section) * LESSONS_OF_A_SECTION + number;
  return lesson((here + 1) % (sections * LESSONS_OF_A_SECTION));
}
