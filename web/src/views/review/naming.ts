/** An incident that is named by a person: by its id, or by the address of a page that shows it. */

const ID = /^[0-9a-f]{8,64}$/;

/** Its id, perhaps only the beginning of it; null: the text names none. */
export function incidentId(text: string): string | null {
  const given = text.trim().toLowerCase();
  if (ID.test(given)) return given;
  const held = /[/?&](?:incident\/|selected=)([0-9a-f]{8,64})(?=$|[?#&/])/.exec(given);
  return held?.[1] ?? null;
}
