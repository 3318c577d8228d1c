// Who is signed in, the theme, and the way out.
import { useNavigate } from "react-router-dom";

import { useUser } from "../api/queries";
import { chooseTheme, useThemeChoice } from "../design/theme";
import { Logo } from "../parts/logo";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from "../parts/menu";
import styles from "./user_menu.module.css";

export const signOutAddress = "/sign-out";

export function UserMenu({ onKeys }: { onKeys: () => void }) {
  const navigate = useNavigate();
  const user = useUser();
  const theme = useThemeChoice();
  const name = user.data?.name ?? user.data?.email ?? "You";
  return (
    <Menu
      label={`${name}: account and theme`}
      trigger={
        <>
          {user.data && <Logo url={user.data.picture} name={name} size={24} />}
          <span className={["foreign", "small", styles.name].join(" ")}>{name}</span>
          <span aria-hidden="true">▾</span>
        </>
      }
    >
      {user.data && <MenuLabel>Signed in as {user.data.email}</MenuLabel>}
      <MenuChoice
        label="Theme"
        value={theme}
        choices={[
          ["system", "As the system"],
          ["light", "Light"],
          ["dark", "Dark"],
        ]}
        onChoose={chooseTheme}
      />
      <MenuLine />
      <MenuItem onSelect={onKeys}>Keys</MenuItem>
      <MenuItem onSelect={() => navigate(signOutAddress)}>Sign out</MenuItem>
    </Menu>
  );
}
