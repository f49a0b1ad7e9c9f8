// The output of the macros in templates/macros/ without a person: tests/web/test_client_templates.py holds the two together.
export const TEMPLATES = {
  avatar: `<span class="avatar" data-key="" data-hue="0" data-initials="?"><img alt=""></span>`,
  heads: `<span class="heads" data-heads="" data-empty><span class="pile" aria-hidden="true"></span><span><span data-slot="heads">0</span><span class="visually-hidden"> people here now</span></span><span class="tip"></span></span>`,
  person: `<li class="person" data-key="" data-status="active"><button type="button" data-wave tabindex="-1" aria-label="Wave at "><span class="avatar" data-hue="0" data-initials="?"><img alt=""></span></button><div><p><bdi data-slot="name"></bdi><span class="flag" data-slot="flag" data-flag="" hidden><span aria-hidden="true"></span><span class="visually-hidden"></span></span><span class="mark" data-slot="mark" data-mark="" hidden></span><span class="saying" data-slot="company" data-says="" hidden></span> <span data-since="0"></span></p><p><small>active</small> <a data-slot="place" hidden></a></p><button class="offer" type="button" data-offer tabindex="-1">I can help<span class="visually-hidden" data-slot="offer"> </span></button></div></li>`,
  rest: `<button class="more" type="button" data-slot="more" aria-expanded="false" hidden></button><p class="group-rest" data-slot="rest" hidden></p>`,
};
