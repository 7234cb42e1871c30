// A menu wider than the phone opens at the entry that is current.
const nav = document.querySelector(".nav"), here = nav && nav.querySelector("[aria-current]");
if (here && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
