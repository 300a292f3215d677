/**
 * Lua: {@link dev.holdfast.inventory.lua.LuaRocksCataloger} reads what LuaRocks installed and locks.
 */
@NullMarked
package dev.holdfast.inventory.lua;

import org.jspecify.annotations.NullMarked;
