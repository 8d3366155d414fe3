import "./strict.ts";
import "./app/main.tsx";
