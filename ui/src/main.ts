/** Starts the interface. */
import { mount } from "svelte";
import App from "./App.svelte";
import { settings } from "./shared/settings.svelte";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

settings.follow();

const target = document.getElementById("app");
if (target) mount(App, { target });
