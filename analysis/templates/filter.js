// Shows what fits every choice and keeps the choices in the address, so that a filtered page can be sent as a link.
const form = document.getElementById("filter");
const items = [...document.querySelectorAll("[data-cities]")];
const groups = [...document.querySelectorAll("[data-group]")];
const choices = [...form.querySelectorAll("select")];
const given = new URLSearchParams(location.search);

function apply() {
  const wanted = choices.filter((choice) => choice.value);
  items.forEach((item) => {
    item.hidden = !wanted.every((choice) => item.dataset[choice.name].split(" ").includes(choice.value));
  });
  groups.forEach((group) => { group.hidden = !group.querySelector("[data-cities]:not([hidden])"); });
  form.querySelector("output").textContent = `${items.filter((item) => !item.hidden).length} / ${items.length}`;
  const query = new URLSearchParams(wanted.map((choice) => [choice.name, choice.value])).toString();
  try {
    history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
  } catch { /* an address of a file may not be changed in every browser */ }
}

choices.forEach((choice) => {
  const value = given.get(choice.name);
  if ([...choice.options].some((option) => option.value === value)) choice.value = value;
  choice.addEventListener("change", apply);
});
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
apply();
